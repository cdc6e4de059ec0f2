namespace Voice.Application.Jobs;

/// <summary>
/// Stores jobs, and with each change its line in the timeline of the recording. Every method throws a
/// <see cref="System.Data.Common.DbException"/> when the database is away.
/// </summary>
public interface IJobRepository
{
    /// <summary>Stores a new job, unless one with the same order has not ended yet.</summary>
    /// <returns>The job that stands: this one, or the other.</returns>
    /// <exception cref="TooManyException">Too many jobs have not ended, of this caller or of all.</exception>
    Task<Job> AddAsync(Job job, Limits limits, CancellationToken cancellationToken);

    /// <summary>The job with that id; null when there is none.</summary>
    Task<Job?> FindAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>The newest job that was asked for of that recording; null when there is none.</summary>
    Task<Job?> FindOfAsync(string recordingId, CancellationToken cancellationToken);

    /// <summary>Makes jobs due that wait for a recording which has ended.</summary>
    Task WakeAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// A job that is due, of whoever asked for it the one that was served longest ago, given to one taker only until
    /// <paramref name="until"/>; null when there is none.
    /// </summary>
    Task<Job?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Keeps a taken job until a later time, and tells how far it is.</summary>
    Task ExtendAsync(Job job, JobProgress? progress, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Stores what came of a taken job at that time.</summary>
    /// <returns>Whether it was stored; false: the lease was over and somebody else has the job.</returns>
    Task<bool> SaveAsync(Job job, DateTimeOffset now, CancellationToken cancellationToken);
}
