using Voice.Application;

namespace Voice.Infrastructure.Audio;

/// <summary>A new file of ours: that it cannot be written is our trouble, whosever bytes they are.</summary>
internal sealed class OwnFile : FileStream
{
    // Without a buffer nothing is left to be written when it is closed.
    private OwnFile(string path) : base(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous)
    {
    }

    /// <summary>Makes the file, and its folder where there is none.</summary>
    /// <exception cref="StorageException">It cannot be made.</exception>
    public static OwnFile Create(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new OwnFile(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(exception);
        }
    }

    /// <exception cref="StorageException">It cannot be written.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await OrNoRoomAsync(() => base.WriteAsync(buffer, cancellationToken).AsTask());

    /// <summary>Has all of it on disk once it returns.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public Task SyncAsync() => OrNoRoomAsync(() => Task.Run(() => Flush(flushToDisk: true)));

    private static async Task OrNoRoomAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (IOException exception)
        {
            throw new StorageException(exception);
        }
    }
}
