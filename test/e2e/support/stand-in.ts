/** Percona XtraBackup cannot be had as a package, so its image on the test cluster holds a stand-in. */

/** What the stand-in needs of the server: the plugin that it copies with. */
export const STAND_IN_SETTING = 'plugin-load-add=mysql_clone.so';

/** Must be said wherever a result depends on it. */
export const STAND_IN_NOTE = 'XtraBackup STAND-IN: its command line and files, the copy made by the CLONE plugin';
