import type { CloudApi } from './cloud-api.js';
import { checkBucketSettings } from './cloud-bucket.js';
import { checkDatasets } from './cloud-datasets.js';
import { checkIdentity } from './cloud-identity.js';
import { checkWorkerImage } from './cloud-image.js';
import { checkPermissions } from './cloud-permissions.js';
import { checkQuotas } from './cloud-quotas.js';
import { checkServices } from './cloud-services.js';
import type { CloudSetting } from './cloud-setting.js';
import { checkSubscription } from './cloud-subscription.js';
import type { Finding } from './finding.js';

/**
 * `vitals doctor --cloud`: asks Google Cloud, and changes nothing there. Every check has an end (the API's deadline); when
 * nobody can be asked, because there are no credentials or no network, that is the one finding.
 *
 * @param clock epoch ms, compared with the service's own
 */
export async function checkCloud(
  api: CloudApi,
  setting: CloudSetting,
  clock: () => number,
): Promise<readonly Finding[]> {
  const identity = await checkIdentity(api, setting, clock);
  if (!identity.usable) return identity.findings;
  const [services, quotas, permissions] = await Promise.all([
    checkServices(api, setting),
    checkQuotas(api, setting),
    checkPermissions(api, setting),
  ]);
  const project = [...identity.findings, services, ...permissions, ...quotas];
  if (!setting.deployed) return distinct(project);
  const resources = await Promise.all([
    checkSubscription(api, setting),
    checkBucketSettings(api, setting),
    checkDatasets(api, setting),
    checkWorkerImage(api, setting),
  ]);
  return distinct([...project, ...resources.flat()]);
}

/** An API that is off is said once, however many checks it stopped. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ level, detail }) => level !== 'error' || (!seen.has(detail) && seen.add(detail)));
}
