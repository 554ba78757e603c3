export { jobHandlers, keepJobs } from './keep-jobs.js';
export { carryOutOfficeMove, planMoveOfOffices, previewOfficeMove } from './office-moves.js';
