export { keepJobs } from './keep-jobs.js';
export { planMoveOfOffices, previewOfficeMove } from './office-moves.js';
