using System.Diagnostics;
using Voice.Application.Recordings;

namespace Voice.Application;

/// <summary>The one way to look for something that a caller names, by an id that may be any text.</summary>
internal static class Lookup
{
    /// <exception cref="NotFoundException">There is none, or there could be none.</exception>
    public static async Task<T> GetAsync<T>(
        Func<string, CancellationToken, Task<T?>> find, string id, string notFound, CancellationToken cancellationToken) where T : class =>
        (RecordingIds.IsPossible(id) ? await find(id, cancellationToken) : null) ?? throw new NotFoundException(notFound);

    /// <summary>Finds a recording, which the current request or job is then about.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public static async Task<T> GetRecordingAsync<T>(
        Func<string, CancellationToken, Task<T?>> find, string id, CancellationToken cancellationToken) where T : class
    {
        var recording = await GetAsync(find, id, "Recording not found", cancellationToken);
        Activity.Current?.SetTag(RecordingTrace.Tag, id);
        return recording;
    }

    /// <inheritdoc cref="GetAsync"/>
    public static Task<T> GetContractAsync<T>(
        Func<string, CancellationToken, Task<T?>> find, string id, CancellationToken cancellationToken) where T : class =>
        GetAsync(find, id, "Contract not found", cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public static Task<T> GetEndpointAsync<T>(
        Func<string, CancellationToken, Task<T?>> find, string id, CancellationToken cancellationToken) where T : class =>
        GetAsync(find, id, "Endpoint not found", cancellationToken);
}
