/** Highest resident memory that this process has had so far, in bytes (the system counts in KiB). */
export function peakMemoryBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
