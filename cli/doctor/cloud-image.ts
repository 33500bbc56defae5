import type { CloudApi } from './cloud-api.js';
import { findingOf } from './cloud-failure.js';
import type { CloudSetting } from './cloud-setting.js';
import { error, ok, type Finding } from './finding.js';

const IMAGE = /^([a-z0-9-]+)-docker\.pkg\.dev\/([^/]+)\/([^/]+)\/([^@:]+)@(sha256:[0-9a-f]{64})$/;
const BUILD = 'Build and push it: gcloud builds submit --config cloudbuild.yaml, then name the digest that it prints.';

/** Whether the image of the workers is there, under the digest that jobs are started with. */
export async function checkWorkerImage(api: CloudApi, setting: CloudSetting): Promise<readonly Finding[]> {
  const { workerImage, project } = setting;
  if (workerImage === null) return [];
  const [, region, owner, repository, image, digest] = IMAGE.exec(workerImage) ?? [];
  if (image === undefined)
    return [error('worker image', `${workerImage} names no image by digest in Artifact Registry`, BUILD)];
  try {
    const name = `${encodeURIComponent(image)}@${digest}`;
    const path = `/v1/projects/${owner}/locations/${region}/repositories/${repository}/dockerImages/${name}`;
    await api.get('artifactregistry.googleapis.com', path);
    return [ok('worker image', `${image}@${digest!.slice(0, 19)}... is there`)];
  } catch (failure) {
    const remedies = { project, role: 'roles/artifactregistry.reader', create: BUILD };
    return [findingOf('worker image', `image ${image}@${digest!.slice(0, 19)}... in ${repository}`, failure, remedies)];
  }
}
