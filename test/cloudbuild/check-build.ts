import type { Build } from './build.js';
import { checkScripts, type Scripts } from './check-scripts.js';
import { checkSteps } from './check-steps.js';

/** Variables that Cloud Build itself replaces, as far as they are used here. */
const BUILT_IN = ['PROJECT_ID', 'COMMIT_SHA'];

const TOP_FIELDS = ['steps', 'images', 'artifacts', 'serviceAccount', 'substitutions', 'options', 'timeout', 'tags'];

/**
 * What is wrong with a build, a line each; empty when nothing is. Stands in for the service, which checks a configuration only when a
 * trigger runs it, and for what it does not check: pinned images, scripts that exist, provenance.
 */
export function checkBuild(build: Build, scripts: Scripts): string[] {
  const unknown = Object.keys(build).filter((field) => !TOP_FIELDS.includes(field));
  return [
    ...unknown.map((field) => `there is no field ${field}`),
    ...checkSteps(build),
    ...checkScripts(build, scripts),
    ...checkSubstitutions(build),
    ...checkAccount(build),
    ...checkOptions(build),
    ...checkProducts(build),
  ];
}

function checkSubstitutions({ substitutions = {}, ...rest }: Build): string[] {
  const defined = Object.keys(substitutions);
  const used = variablesOf(JSON.stringify(rest));
  const nested = variablesOf(JSON.stringify(Object.values(substitutions)));
  const known = [...defined, ...BUILT_IN];
  return [
    ...[...used, ...nested].filter((name) => !known.includes(name)).map((name) => `$${name} is not defined`),
    ...defined.filter((name) => ![...used, ...nested].includes(name)).map((name) => `$${name} is not used`),
    ...defined.filter((name) => !/^_[A-Z0-9_]+$/.test(name)).map((name) => `${name} is no name of a substitution`),
  ];
}

function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/(?<!\$)\$\{?([A-Za-z_][A-Z0-9_]*)/g)].map(([, name]) => name!))];
}

function checkAccount({ serviceAccount = '' }: Build): string[] {
  const own =
    /^projects\/\$PROJECT_ID\/serviceAccounts\/(vitals-[a-z]+|\$_ACCOUNT)@\$PROJECT_ID\.iam\.gserviceaccount\.com$/;
  return own.test(serviceAccount) ? [] : ['the build does not run as an account of its own'];
}

function checkOptions({ options = {}, substitutions = {} }: Build): string[] {
  const nested = variablesOf(JSON.stringify(Object.values(substitutions))).length > 0;
  return [
    // An account of one's own and logs in the default bucket exclude each other.
    ...(options['logging'] === 'CLOUD_LOGGING_ONLY' ? [] : ['logging must be CLOUD_LOGGING_ONLY']),
    ...(nested && options['dynamicSubstitutions'] !== true ? ['substitutions in substitutions are not replaced'] : []),
  ];
}

/** Images that a step pushes are named for provenance, and provenance is asked for; what is kept, is kept by commit. */
function checkProducts({ steps, images = [], artifacts, options = {} }: Build): string[] {
  const built = steps.filter(({ args }) => args?.[0] === 'scripts/ci/build-image.sh').map(({ args }) => args?.[1]);
  const named = images.map((image) => /\/([a-z-]+):\$COMMIT_SHA$/.exec(image)?.[1]);
  const verified = options['requestedVerifyOption'] === 'VERIFIED';
  const location = artifacts?.objects?.location;
  return [
    ...built.filter((name) => !named.includes(name)).map((name) => `${name} is pushed without provenance`),
    ...images
      .filter((_, at) => !built.includes(named[at]))
      .map((image) => `${image} is named, but no step builds it by its commit`),
    ...(images.length > 0 && !verified ? ['provenance is not asked for'] : []),
    ...(artifacts && !location?.match(/^gs:\/\/.*\/\$COMMIT_SHA\/$/) ? ['what is kept is not kept by commit'] : []),
    ...(images.length > 0 && !artifacts?.objects?.paths?.includes('.build/image-digests.json')
      ? ['the digests are not kept']
      : []),
  ];
}
