export { isFinished, jobPath, toJobView, type JobView } from '#jobs';
