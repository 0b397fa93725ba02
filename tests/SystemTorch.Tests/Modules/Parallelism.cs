// Grad mode is a thread's own, but the seed and the count of living tensors are the process's: tests that set or read them run one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
