export * from './carried-along.ts';
export * from './judge-picture.ts';
export * from './letters.ts';
export * from './material-rules.ts';
export * from './material-table.ts';
export * from './missing-materials.ts';
export * from './needed-materials.ts';
export * from './signed-on.ts';
