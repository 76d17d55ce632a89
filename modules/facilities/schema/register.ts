/** The register: which facilities there are, whose, how many places each has by design and by norm, from which day. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Nullable, Prose, ProvinceCode, shape, someOf, Type, type Static } from '#kernel/shape.ts';
import { commonProblems, CommuneOrNone, Count, FacilityCode, FacilityKey, Office, Ownership, Terrain } from './words.ts';

/** What may change over the years; each version stands from its day until the next one's. */
export const ProfileInput = shape({
  validFrom: Day, nameVi: Line(200), nameEn: Line(200), terrain: Terrain, commune: CommuneOrNone, landM2: Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'square metres of land' }),
  places: Count, beds: Count, decision: Prose(120),
});
export type ProfileInput = Static<typeof ProfileInput>;
/** `normPlaces`: places the land carries by norm, rounded down. */
export const Profile = shape({ ...ProfileInput.properties, normPlaces: Type.Integer(), recordedAt: Type.String() });
export type Profile = Static<typeof Profile>;

/** Who is there on a day, by the book. Occupancy is a ratio, 1 = full; above 1 is overcrowding and is kept. */
export const Standing = shape({
  day: Day, voluntary: Type.Integer(), compulsory: Type.Integer(), absent: Type.Integer(), occupancy: Nullable(Type.Number()), normOccupancy: Nullable(Type.Number()),
});
export type Standing = Static<typeof Standing>;

export const FacilityRow = shape({
  province: ProvinceCode, code: FacilityCode, nameVi: Type.String(), nameEn: Type.String(), ownership: Ownership, terrain: Terrain, commune: CommuneOrNone, openedOn: Day, closedOn: Nullable(Day), managerOffice: Office,
  bookFrom: Day, landM2: Type.Integer(), places: Type.Integer(), beds: Type.Integer(), normPlaces: Type.Integer(), standing: Nullable(Standing),
  /** Days of the book that should be there by yesterday and are not. */
  daysMissing: Type.Integer(), openMatters: Type.Integer(), overdueMatters: Type.Integer(), openFindings: Type.Integer(), lastExternalOn: Nullable(Day),
});
export type FacilityRow = Static<typeof FacilityRow>;

export const FacilityTotals = shape({ facilities: Type.Integer(), publicOnes: Type.Integer(), places: Type.Integer(), normPlaces: Type.Integer(), there: Type.Integer(), overFull: Type.Integer(), behind: Type.Integer(), overdueMatters: Type.Integer() });
export type FacilityTotals = Static<typeof FacilityTotals>;

export const listFacilities = contract({
  method: 'GET', path: '/facilities', who: 'facilities.read', summary: 'Facilities with places, occupancy and what is overdue', impersonal: true,
  query: someOf({ province: ProvinceCode, ownership: Ownership, only: Type.Union([Type.Literal('over-full'), Type.Literal('behind'), Type.Literal('overdue')]) }),
  reply: shape({ asOf: Day, rows: List(FacilityRow, 2000), totals: FacilityTotals }), problems: {},
});

export const FacilityView = shape({
  facility: FacilityRow, profiles: List(Profile, 100),
  may: shape({ readBook: Type.Boolean(), record: Type.Boolean(), register: Type.Boolean(), inspect: Type.Boolean(), settle: Type.Boolean(), report: Type.Boolean() }),
});
export type FacilityView = Static<typeof FacilityView>;
export const getFacility = contract({
  method: 'GET', path: '/facilities/:province/:facility', who: 'facilities.read', summary: 'One facility: its versions and what the reader may do', impersonal: true,
  params: FacilityKey, reply: FacilityView, problems: commonProblems,
});

export const registerFacility = contract({
  method: 'POST', path: '/facilities', who: 'facilities.register', summary: 'Enter a facility in the register with what it opens its book with',
  body: shape({
    province: ProvinceCode, code: FacilityCode, ownership: Ownership, openedOn: Day, managerOffice: Office, profile: ProfileInput,
    book: shape({ from: Day, voluntary: Count, compulsory: Count }),
  }),
  reply: FacilityView, problems: { ...commonProblems, 'facility-exists': 409, 'book-before-opening': 422, 'facility-day-in-future': 422, 'facility-province-unknown': 422, 'facility-commune-unknown': 422 },
});
export const saveProfile = contract({
  method: 'POST', path: '/facilities/:province/:facility/profiles', who: 'facilities.register', summary: 'A new version of what a facility is, from a day on',
  params: FacilityKey, body: ProfileInput, reply: FacilityView, problems: { ...commonProblems, 'profile-exists': 409, 'before-opening': 422, 'facility-commune-unknown': 422 },
});
export const closeFacility = contract({
  method: 'POST', path: '/facilities/:province/:facility/closing', who: 'facilities.register', summary: 'A facility closes after a day on which nobody is left there',
  params: FacilityKey, body: shape({ closedOn: Day, decision: Prose(120) }), reply: FacilityView, problems: { ...commonProblems, 'people-still-there': 409, 'before-opening': 422, 'facility-day-in-future': 422, 'facility-closed': 409 },
});
