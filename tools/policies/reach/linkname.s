// The compiler takes a function without a body only in a package that has a file like this one.
