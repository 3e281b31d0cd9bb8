export {
  type Cloud,
  clouds,
  cloudsAnswering,
  type Imported,
  importResources,
  readCloudResponse,
} from './import-resources.ts';
