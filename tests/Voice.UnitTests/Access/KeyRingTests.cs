using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Npgsql;
using Voice.Api;
using Voice.Api.Security;
using Voice.Application;
using Voice.Application.Access;

namespace Voice.UnitTests.Access;

public sealed class KeyRingTests : IDisposable
{
    private readonly Mock<IApiKeyRepository> _keys = new();
    private readonly FakeTimeProvider _clock = new(TheRecording.Start);
    private readonly List<ApiKey> _stored = [];
    private readonly (string Secret, ApiKey Key) _shop = ApiKey.New("shop", [Scope.Read], TheRecording.Start);
    private KeyRing? _ring;

    public KeyRingTests() => _keys.Setup(keys => keys.FindGoodAsync(It.IsAny<CancellationToken>())).ReturnsAsync(() => [.. _stored]);

    public void Dispose() => _ring?.Dispose();

    [Fact]
    public async Task A_known_key_costs_no_look_into_the_database()
    {
        _stored.Add(_shop.Key);
        var ring = await StartAsync();

        for (var time = 0; time < 100; time++) ring.Known(_shop.Secret)!.Key.Should().Be(_shop.Key);

        _keys.Verify(keys => keys.FindGoodAsync(It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_key_that_was_made_a_moment_ago_is_found_when_it_comes()
    {
        var ring = await StartAsync("another");

        ring.Known(_shop.Secret).Should().BeNull();
        (await ring.FindAsync(_shop.Secret)).Should().BeNull();
        _stored.Add(_shop.Key);

        (await ring.FindAsync(_shop.Secret))!.Key.Name.Should().Be("shop");
        ring.Known(_shop.Secret).Should().NotBeNull();
    }

    [Fact]
    public async Task A_revoked_key_is_gone_with_the_next_look_and_a_set_one_stays()
    {
        _stored.Add(_shop.Key);
        var ring = await StartAsync("set");
        _stored.Clear();

        await PassAsync(TimeSpan.FromSeconds(2), () => ring.Known(_shop.Secret) is null);

        ring.Known("set")!.Key.Scopes.Should().Equal(Scopes.All);
    }

    [Fact]
    public async Task Use_is_noted_soon_and_then_once_a_minute_at_most()
    {
        _stored.Add(_shop.Key);
        var noted = new List<DateTimeOffset>();
        _keys.Setup(keys => keys.NoteUseAsync(It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<DateTimeOffset>(),
            It.IsAny<CancellationToken>()))
            .Callback((IReadOnlyCollection<string> _, DateTimeOffset at, CancellationToken _) => noted.Add(at))
            .Returns(Task.CompletedTask);
        var ring = await StartAsync();

        for (var second = 0; second < 180; second += 2)
        {
            ring.Known(_shop.Secret)!.NoteUse();
            var looks = _keys.Invocations.Count(call => call.Method.Name == nameof(IApiKeyRepository.FindGoodAsync));
            await PassAsync(TimeSpan.FromSeconds(2),
                () => _keys.Invocations.Count(call => call.Method.Name == nameof(IApiKeyRepository.FindGoodAsync)) > looks);
        }

        noted.Should().HaveCountGreaterThan(1);
        noted.Zip(noted.Skip(1), (one, next) => next - one).Should().OnlyContain(pause => pause >= TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("Development", null, true)]
    [InlineData("Development", "set", false)]
    [InlineData("Production", null, false)]
    public async Task Only_in_development_and_only_without_any_key_nobody_needs_one(string environment, string? set, bool isOpen)
    {
        var ring = await StartAsync(set, environment);

        ring.IsOpen.Should().Be(isOpen);
        (await ring.IsOpenAsync(default)).Should().Be(isOpen);

        _stored.Add(_shop.Key);
        await PassAsync(TimeSpan.FromSeconds(2), () => !ring.IsOpen);
    }

    [Fact]
    public async Task While_the_database_is_away_nobody_unknown_is_let_in_and_whoever_is_known_stays()
    {
        _stored.Add(_shop.Key);
        var ring = await StartAsync();
        _keys.Setup(keys => keys.FindGoodAsync(It.IsAny<CancellationToken>())).ThrowsAsync(new NpgsqlException("away"));
        _clock.Advance(TimeSpan.FromSeconds(10));

        ring.Known(_shop.Secret).Should().NotBeNull();
        await FluentActions.Awaiting(() => ring.FindAsync("unknown")).Should().ThrowAsync<NpgsqlException>();
    }

    [Fact]
    public async Task Before_the_first_look_nothing_is_open()
    {
        _keys.Setup(keys => keys.FindGoodAsync(It.IsAny<CancellationToken>())).ThrowsAsync(new NpgsqlException("away"));
        var ring = await StartAsync();

        ring.IsOpen.Should().BeFalse();
        await FluentActions.Awaiting(() => ring.IsOpenAsync(default)).Should().ThrowAsync<NpgsqlException>();
    }

    private async Task<KeyRing> StartAsync(string? set = null, string environment = "Production")
    {
        _ring = new KeyRing(_keys.Object, new AuthSettings { ApiKeys = set is null ? [] : [set] },
            Mock.Of<IHostEnvironment>(host => host.EnvironmentName == environment), Mock.Of<IDatabaseErrors>(), _clock,
            NullLogger<KeyRing>.Instance);
        await _ring.StartAsync(default);
        return _ring;
    }

    // The ring works in the background, so the time is passed until it has seen it.
    private Task PassAsync(TimeSpan time, Func<bool> isDone) => Eventually.SeesAsync(() =>
    {
        _clock.Advance(time);
        return Task.FromResult(isDone());
    }, done => done);
}
