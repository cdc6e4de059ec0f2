using Voice.Application.Contracts;

namespace Voice.Application.Jobs;

/// <summary>The one way to ask for work on audio from outside.</summary>
internal static class NewJobs
{
    /// <returns>The job that does it: a new one, or one that had been asked for before.</returns>
    /// <exception cref="TooManyException">Too many jobs wait, of this caller or of all.</exception>
    public static async Task<Job> OrderAsync(
        this IJobRepository jobs, ContractOrder order, string caller, Limits limits, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        await jobs.AddAsync(Job.New(order, caller, now), limits, cancellationToken)
            ?? throw new TooManyException("Too many recordings wait to be processed. Try again when some of them are done.");
}
