export {
  COURSE_MODES,
  type CourseMode,
  type PlatformCourse,
  type PlatformMode,
  type PlatformTarget,
} from './platform-course.ts'
export { type Enrolment, PLATFORM_EFFECTS, type PlatformEffect } from './platform-records.ts'
export type { PlatformRules } from './platform-rules.ts'
export {
  type PlatformBehaviour,
  type PlatformCall,
  platformEnrolments,
  type SimulatedPlatform,
  type SimulatedPlatformOptions,
  simulatedPlatform,
} from './simulated-platform.ts'
