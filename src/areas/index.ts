export { areaBridge } from './area-bridge.js';
export type { AreaBridgeLine } from './area-bridge.js';
export type { FindOptions, FindResult } from './find-unit.js';
export { installUnits } from './install-units.js';
export { PROVINCE_PACKS, areaRegister, countryRegister } from './load-register.js';
export { namesakeWords, withWords } from './namesakes.js';
export { placeTimeline } from './place-timeline.js';
export type { ChooseSuccessor, PlaceStay } from './place-timeline.js';
export { addPlace, addPlaces, addPlaceUnit } from './places.js';
export type { NewPlace } from './places.js';
export type { AreaRegister, Successor, UnitHistory } from './register.js';
export { resolveSheetName } from './resolve-sheet-name.js';
export { placeUnitsAt } from './roll-up.js';
export {
  isScopeOfPlace,
  isScopeOfProvince,
  scopeOfPlace,
  scopeOfProvince,
  scopeOfUnit,
} from './scope-keys.js';
export { keyIn, keyOf, sameUnit } from './unit.js';
export type { EdgePart, Unit, UnitEdge, UnitKey, UnitLevel } from './unit.js';
export { especiallyDifficult, registeredPopulation, tileGrid } from './unit-profile.js';
export type { EspeciallyDifficult, RegisteredPopulation, Tile } from './unit-profile.js';
export { unknownPlaceId, unknownPlaceOf } from './unknown-place.js';
