// The random generator belongs to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
