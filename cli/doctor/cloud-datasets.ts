import type { CloudApi } from './cloud-api.js';
import { findingOf } from './cloud-failure.js';
import type { CloudSetting } from './cloud-setting.js';
import { error, ok, type Finding } from './finding.js';

/** Datasets of the warehouse (terraform/modules/warehouse). */
const DATASETS = ['bronze', 'silver', 'gold', 'reference'] as const;

/** Whether the datasets are there, and where the bucket is: a load job cannot cross locations. */
export function checkDatasets(api: CloudApi, setting: CloudSetting): Promise<readonly Finding[]> {
  return Promise.all(DATASETS.map((name) => checkDataset(api, setting, name)));
}

async function checkDataset(api: CloudApi, setting: CloudSetting, name: string): Promise<Finding> {
  const { project, region: location } = setting;
  try {
    const path = `/bigquery/v2/projects/${project}/datasets/${name}?datasetView=METADATA`;
    const { location: found } = await api.get<{ location?: string }>('bigquery.googleapis.com', path);
    if (found?.toLowerCase() === location.toLowerCase()) return ok('dataset', `${name} is in ${found}`);
    const remedy = `Its location cannot be changed. Delete it if it is empty (bq rm -d ${project}:${name}), then ${setting.apply}`;
    return error('dataset', `${name} is in ${found ?? 'no place'}, not in ${location}: load jobs will fail`, remedy);
  } catch (failure) {
    const remedies = { project, role: 'roles/bigquery.metadataViewer', create: setting.apply };
    return findingOf('dataset', `dataset ${name}`, failure, remedies);
  }
}
