namespace Voice.Application.Jobs;

/// <summary>Stores jobs. Every method throws a <see cref="System.Data.Common.DbException"/> when the database is away.</summary>
public interface IJobRepository
{
    /// <summary>Stores a new job, unless one with the same order has not ended yet.</summary>
    /// <returns>The job that stands: this one, or the other; null when there are as many as there may be.</returns>
    Task<Job?> AddAsync(Job job, Limits limits, CancellationToken cancellationToken);

    /// <summary>The job with that id; null when there is none.</summary>
    Task<Job?> FindAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>
    /// A job that is due, of whoever asked for it the one that was served longest ago, given to one taker only until
    /// <paramref name="until"/>; null when there is none.
    /// </summary>
    Task<Job?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Keeps a taken job until a later time, and tells how far it is.</summary>
    Task ExtendAsync(Job job, JobProgress? progress, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Stores what came of a taken job.</summary>
    /// <returns>Whether it was stored; false: the lease was over and somebody else has the job.</returns>
    Task<bool> SaveAsync(Job job, CancellationToken cancellationToken);
}
