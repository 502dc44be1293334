/** The largest resident memory of the process so far, in bytes: all its threads, and everything it did before. */
export const peakMemory = (): number => process.resourceUsage().maxRSS * 1024;
