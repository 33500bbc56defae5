/**
 * SNOMED CT codes that Synthea's disease modules export (CODE of conditions.csv), by the condition of conditions.ts that they
 * are. What is not here (sprains, colds, findings) is no long-standing condition that shifts vital signs. Source: the codes
 * and descriptions of Synthea's modules, of 2020 and later.
 */
const CODES: Readonly<Record<string, readonly string[]>> = {
  anaemia: ['271737000'],
  asthma: ['195967001', '233678006'],
  'atrial fibrillation': ['49436004'],
  // Breast, colon, lung and prostate with their secondaries; carcinoma in situ of the prostate is how Synthea begins it.
  cancer: [
    '254837009',
    '363406005',
    '93761005',
    '109838007',
    '94260004',
    '254637007',
    '424132000',
    '254632001',
    '67811000119102',
    '126906006',
    '92691004',
    '314994000',
  ],
  // Stages 1 to 4, end-stage renal disease, diabetic renal disease.
  'chronic kidney disease': ['431855005', '431856006', '433144002', '431857002', '46177005', '127013003'],
  // COPD, chronic obstructive bronchitis, pulmonary emphysema.
  'chronic obstructive pulmonary disease': ['13645005', '185086009', '87433001'],
  // Coronary and ischaemic heart disease, myocardial infarction and its history.
  'coronary artery disease': ['53741008', '414545008', '22298006', '399211009'],
  dementia: ['26929004', '230265002'],
  epilepsy: ['84757009', '128613002'],
  'heart failure': ['88805009', '84114007'],
  hypertension: ['59621000'],
  obesity: ['162864005', '408512008'],
  pneumonia: ['233604007'],
  stroke: ['230690007'],
  // Diabetes, and those complications that say of which type.
  'type 2 diabetes': [
    '44054006',
    '368581000119106',
    '422034002',
    '1551000119108',
    '1501000119109',
    '97331000119101',
    '90781000119102',
    '127013003',
  ],
};

const BY_CODE = new Map<string, readonly string[]>();
for (const [name, codes] of Object.entries(CODES)) {
  for (const code of codes) BY_CODE.set(code, [...(BY_CODE.get(code) ?? []), name]);
}

/** Names of all conditions that codes stand for. */
export const MAPPED_CONDITIONS: readonly string[] = Object.keys(CODES);

/** What a SNOMED CT code means here: names of conditions.ts, none for most codes. */
export function conditionsOf(code: string): readonly string[] {
  return BY_CODE.get(code) ?? [];
}

/** Normal pregnancy: Synthea's only code for all of it. */
export const PREGNANCY = '72892002';
