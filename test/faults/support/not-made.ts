/** A fault that could not be made says nothing of whom it should have happened to, so nothing is entered of it. */
export class NotMade extends Error {}
