// The random generator and the count of live tensors belong to the process, so tests that seed or count must run alone.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
