import type { Files } from './architecture.ts';

export type RightsFault = { readonly rule: string; readonly file: string; readonly says: string };

/**
 * The hard rules of conduct that text can show: no field for a person outside care (E1, E15), no score of people (E3),
 * no list of persons in a reply (E7), no stigmatising words (E14). Basis: International Guidelines on Human Rights and Drug Policy 1.2, 9.
 */
export function checkRights(files: Files): RightsFault[] {
  const people = peopleModules(files);
  const faults: RightsFault[] = [];
  for (const [file, text] of files) {
    const module = /^modules\/([^/]+)\//.exec(file)?.[1];
    if (module !== undefined && !people.has(module)) faults.push(...personFields(file, text));
    if (/^(modules|web|kernel|platform|app)\//.test(file)) faults.push(...scores(file, text), ...words(file, text));
    if (module !== undefined && /schema/.test(file)) faults.push(...lists(file, text));
  }
  return faults;
}

function peopleModules(files: Files): Set<string> {
  const found = new Set<string>();
  for (const [file, text] of files) {
    const module = /^modules\/([^/]+)\/module\.ts$/.exec(file)?.[1];
    if (module !== undefined && /holds:\s*'people'/.test(text)) found.add(module);
  }
  return found;
}

// Fields of a person in care, as columns or as schema keys. Staff accounts have a display name in `identity`, which these do not match.
const columns = /^\s+(patient|person|client|resident|suspect|offender|tipster|citizen_id|identity_number|national_id|cccd|cmnd|birth_date|date_of_birth|ethnicity|religion|home_address|fingerprint|biometric)\w*\s+(text|uuid|date|jsonb|int|bigint)/gim;
const keys = /\b(patientName|personName|personId|clientName|residentName|suspectName|offenderName|tipsterName|citizenId|identityNumber|nationalId|cccd|cmnd|birthDate|dateOfBirth|ethnicity|religion|homeAddress|testResultOf|studentName|pupilName)\s*:\s*(Type|Line|Prose|Uuid|Nullable|shape|Day)\b/g;

function personFields(file: string, text: string): RightsFault[] {
  const pattern = file.endsWith('.sql') ? columns : /schema/.test(file) && file.endsWith('.ts') ? keys : undefined;
  if (pattern === undefined) return [];
  return [...text.matchAll(pattern)].map((match) => ({ rule: 'E1', file, says: `has the field ${match[1] ?? ''}: no person record outside care` }));
}

const scoreWords = /\b(risk_?score|person_?score|addict_?score|recidivism_?(score|risk)|threat_?level|predict(ed|ive)?_?(offender|user|crime)|household_?score)\b/gi;
const scores = (file: string, text: string): RightsFault[] =>
  [...text.matchAll(scoreWords)].map((match) => ({ rule: 'E3', file, says: `names ${match[0]}: no score or prediction about a person or household` }));

const listOfPersons = /\b(List|Type\.Array)\(\s*(Person|Patient|Client|Resident|Episode|Case)\w*/g;
const lists = (file: string, text: string): RightsFault[] =>
  [...text.matchAll(listOfPersons)].map((match) => ({ rule: 'E7', file, says: `replies with ${match[0]}: no list of persons for any role` }));

/** Words that never stand in what we say ourselves. A quoted document keeps its own words, so documents and the extraction's fixtures are not read. */
const stigma = /\b(addicts?|junk(ie|y)|drug abusers?|abusers?)\b|con nghiện|thằng nghiện|đối tượng nghiện|con nghiền|kẻ nghiện/giu;
function words(file: string, text: string): RightsFault[] {
  if (!/messages\.(vi|en)\.json$/.test(file) && !/screens\/.*\.tsx$/.test(file)) return [];
  return [...text.matchAll(stigma)].map((match) => ({ rule: 'E14', file, says: `says "${match[0]}"; the person comes first` }));
}
