using System.Net;
using System.Security.Cryptography;
using Voice.Application.Contracts;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Infrastructure.Audio;

/// <summary>
/// Fetches recordings. Their addresses come from unsigned requests, so only https is spoken, only to hosts on the list, never to an address
/// inside a network, and a redirect must pass the same gate.
/// </summary>
/// <param name="settings">How long.</param>
/// <param name="hosts">Where from.</param>
/// <param name="folder">The folder that the settings name, absolute.</param>
/// <param name="clock">The time.</param>
/// <param name="key">What our own sandbox asks for; null: nothing.</param>
internal sealed class AudioSource(AudioSettings settings, AudioHosts hosts, string folder, TimeProvider clock, SandboxKey? key = null)
    : IAudioSource, IDisposable
{
    private const long Largest = 50_000_000;
    private const int MostRedirects = 3;
    private static readonly TimeSpan UploadsAreWaitedFor = TimeSpan.FromHours(1); // Another instance has the file, and may be busy.

    private readonly HttpClient _public = Client(new() { ConnectCallback = PublicInternet.ConnectAsync });
    private readonly HttpClient _own = Client(new(), key);

    public async Task<AudioFile> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await GetAsync(address, either.Token);
            if (response.StatusCode == HttpStatusCode.NotFound) throw new AudioNotThereException(settings.Timeout, NotFetched());
            if (!response.IsSuccessStatusCode) throw new AudioException($"The audio's host answered {(int)response.StatusCode}.");
            if (response.Content.Headers.ContentLength > Largest) throw TooLarge();
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await KeepAsync(body, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new AudioException(NotFetched());
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new AudioException(exception.InnerException is NotPublicException
                ? "Audio is not fetched from an address inside a network."
                : "The audio could not be fetched: its host could not be reached, or hung up.");
        }
    }

    public async Task<AudioFile> KeepAsync(Stream audio, CancellationToken cancellationToken)
    {
        var kept = new AudioFile(Path.Combine(folder, Guid.NewGuid().ToString("N"), "audio"), Sha256: "");
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = OwnFile.Create(kept.Path);
            var buffer = new byte[64 * 1024];
            for (int read; (read = await audio.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (file.Position + read > Largest) throw TooLarge();
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            await file.SyncAsync();
            return kept with { Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    /// <summary>What lies here since before that time: a killed process left it behind, or its job never ended.</summary>
    public IEnumerable<DirectoryInfo> Leftovers(DateTimeOffset before) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateDirectories().Where(left => left.LastWriteTimeUtc < before.UtcDateTime)
        : [];

    /// <summary>Throws it away.</summary>
    public void DeleteLeftovers(DateTimeOffset before)
    {
        foreach (var left in Leftovers(before))
        {
            try
            {
                left.Delete(recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another instance that shares the folder was faster.
            }
        }
    }

    public AudioFile Open(string path, string sha256) => File.Exists(path)
        ? new(path, sha256)
        : throw new AudioNotThereException(UploadsAreWaitedFor, "The uploaded audio is no longer there. Upload it again.");

    public void Dispose()
    {
        _public.Dispose();
        _own.Dispose();
    }

    private static HttpClient Client(SocketsHttpHandler handler, SandboxKey? key = null)
    {
        (handler.AllowAutoRedirect, handler.UseProxy, handler.UseCookies) = (false, false, false);
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", key.Value);
        return client;
    }

    private string NotFetched() =>
        $"The audio could not be fetched within {settings.Timeout.TotalSeconds:0} seconds: it is not there (yet), or its host is too slow.";

    private static AudioException TooLarge() => new($"The audio is larger than {Largest / 1_000_000} MB.");

    private async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            if (hosts.Refuse(address) is { } reason) throw new AudioException(reason);
            var own = hosts.AtSandbox(address);
            var response = await (own is null ? _public : _own).GetAsync(
                own ?? address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } next) return response;
            response.Dispose();
            if (redirects == MostRedirects) throw new AudioException("The audio's host redirects too often.");
            if (!Uri.TryCreate(address, next, out var target))
                throw new AudioException("The audio's host redirects to something that is no address.");
            address = target;
        }
    }
}
