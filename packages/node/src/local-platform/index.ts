export {
  COURSE_MODES,
  type CourseMode,
  type Enrolment,
  type PlatformBehaviour,
  type PlatformCall,
  type PlatformCourse,
  type PlatformEffect,
  type PlatformMode,
  type PlatformTarget,
} from '@bursar/core/testing'
export {
  type LocalPlatform,
  type LocalPlatformOptions,
  type LocalPlatformRecords,
  localPlatform,
  localPlatformRecords,
} from './local-platform.ts'
