// Torch's random generator and its threads are the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
