export { type Cloud, clouds, type Imported, importResources, readCloudResponse } from './import-resources.ts';
