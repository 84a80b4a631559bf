/** How the host calls a sample learner: `learner-2` is “Learner 2”. */
export const learnerName = (learner: string): string => learner.replace(/^learner-/, 'Learner ')
