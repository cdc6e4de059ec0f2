using System.Collections.Frozen;
using System.Data.Common;
using Voice.Application;
using Voice.Application.Access;
using Voice.Infrastructure.AfricasTalking.Sandbox;

namespace Voice.Api.Security;

/// <summary>
/// Every key that admits, in memory, so that a request costs no look into the database: those that the settings name, and those that are
/// stored. It looks again every two seconds, and at once when a key comes that it does not know; while the database is away it goes on with
/// what it has.
/// </summary>
internal sealed partial class KeyRing : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);
    private const int MostAtOnce = 10_000;

    private readonly IApiKeyRepository _keys;
    private readonly IDatabaseErrors _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<KeyRing> _logger;
    private readonly bool _mayBeOpen;
    private readonly HeldKey[] _fixed;
    private readonly Batches<string, HeldKey?> _looks;
    private volatile FrozenDictionary<string, HeldKey>? _held;
    private volatile bool _isOpen;

    public KeyRing(
        IApiKeyRepository keys, AuthSettings settings, IHostEnvironment environment, IDatabaseErrors database, TimeProvider clock,
        ILogger<KeyRing> logger, SandboxKey? own = null)
    {
        (_keys, _database, _clock, _logger) = (keys, database, clock, logger);
        _mayBeOpen = environment.IsDevelopment() && settings.ApiKeys.Count == 0;
        _fixed = [.. settings.ApiKeys.Concat(own is null ? [] : [own.Value]).Select(secret => new HeldKey(OfSetting(secret)))];
        // Whoever comes while a look is under way waits for the next: a key made a moment ago must be found.
        _looks = new(async digests =>
        {
            var held = await LookAsync(CancellationToken.None);
            return [.. digests.Select(digest => held.GetValueOrDefault(digest))];
        }, MostAtOnce, atOnce: 1);
    }

    /// <summary>Nobody needs a key: none is set, and this is Development.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>The key with that text as far as it is known without looking; null: unknown.</summary>
    public HeldKey? Known(string secret) => _held?.GetValueOrDefault(ApiKey.DigestOf(secret));

    /// <summary>The key with that text; null: there is none.</summary>
    /// <exception cref="DbException">It is not known, and the database is away.</exception>
    public Task<HeldKey?> FindAsync(string secret) => _looks.RunAsync(ApiKey.DigestOf(secret));

    /// <summary>Whether nobody needs a key, where that has not been looked at yet.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        if (_held is null) await LookAsync(cancellationToken);
        return _isOpen;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(() => LookAsync(cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pace, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TryAsync(async () =>
            {
                var held = await LookAsync(stoppingToken);
                await NoteUseAsync(held.Values, stoppingToken);
            });
        }
    }

    private async Task<FrozenDictionary<string, HeldKey>> LookAsync(CancellationToken cancellationToken)
    {
        var stored = await _keys.FindGoodAsync(cancellationToken);
        var before = _held;
        // A key that was held stays the same object, which knows when it was used.
        var held = stored.Select(key => before?.GetValueOrDefault(key.Digest) is { } known && known.Key.KeyId == key.KeyId
                ? known : new HeldKey(key))
            .Concat(_fixed).DistinctBy(key => key.Key.Digest).ToFrozenDictionary(key => key.Key.Digest, StringComparer.Ordinal);
        _isOpen = _mayBeOpen && stored.Count == 0;
        return _held = held;
    }

    private async Task NoteUseAsync(IEnumerable<HeldKey> held, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcMilliseconds();
        var used = held.Where(key => !_fixed.Contains(key) && key.IsUseWorthNoting(now - UseIsNotedEvery)).ToList();
        if (used.Count == 0) return;
        await _keys.NoteUseAsync([.. used.Select(key => key.Key.KeyId)], now, cancellationToken);
        foreach (var key in used) key.UseWasNoted(now);
    }

    private async Task TryAsync(Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            if (!_database.TellsAway(exception)) LogNotLooked(exception);
        }
        catch (OperationCanceledException)
        {
            // Shutting down.
        }
    }

    // Its digest names it for good, in whatever order the settings stand.
    private static ApiKey OfSetting(string secret)
    {
        var digest = ApiKey.DigestOf(secret);
        return new()
        {
            KeyId = $"set_{digest[..12]}",
            Name = "Auth:ApiKeys",
            Scopes = Scopes.All,
            Digest = digest,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The API keys could not be looked at; those that are known go on to admit.")]
    private partial void LogNotLooked(Exception exception);
}

/// <summary>A key in memory, and whether it is in use.</summary>
internal sealed class HeldKey(ApiKey key)
{
    private volatile bool _wasUsed;
    private DateTimeOffset _notedAt;

    public ApiKey Key { get; } = key;

    public void NoteUse()
    {
        if (!_wasUsed) _wasUsed = true; // Written once, so that requests on other cores need not fetch it again.
    }

    public bool IsUseWorthNoting(DateTimeOffset notedBefore) => _wasUsed && _notedAt <= notedBefore;

    public void UseWasNoted(DateTimeOffset at)
    {
        _notedAt = at;
        _wasUsed = false;
    }
}
