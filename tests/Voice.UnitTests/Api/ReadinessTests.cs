using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Voice.Api;

namespace Voice.UnitTests.Api;

public sealed class ReadinessTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LogBook _log = new();
    private readonly ManualResetEventSlim _goesOn = new();
    private int _begun;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_hangs_is_unhealthy_after_two_seconds_whatever_it_heeds_and_is_not_begun_again_while_it_does(bool blocksItsThread)
    {
        var never = new TaskCompletionSource<HealthCheckResult>();
        Task<HealthCheckResult> HangAsync()
        {
            Interlocked.Increment(ref _begun);
            if (!blocksItsThread) return never.Task;
            _goesOn.Wait();
            return Task.FromResult(HealthCheckResult.Healthy("It goes on."));
        }
        var readiness = Make(("hangs", HangAsync), ("well", () => Task.FromResult(HealthCheckResult.Healthy("It is well."))));

        for (var look = 0; look < 3; look++)
        {
            var body = await LookAsync(readiness);

            body.Status.Should().Be(ReadyBody.NotReady);
            body.Checks["hangs"].Should().BeEquivalentTo(new { Status = "unhealthy", Reason = "It does not answer in time." });
            body.Checks["hangs"].Milliseconds.Should().BeInRange(2000, 2999);
            body.Checks["well"].Should().BeEquivalentTo(new { Status = "healthy", Reason = "It is well." });
        }
        _begun.Should().Be(1);
        _goesOn.Set();
        never.SetResult(HealthCheckResult.Healthy("It goes on."));
        await Eventually.SeesAsync(() => LookAsync(readiness), body => body.Status == "ready");
        _log.Lines.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_unwell_is_told_to_who_asks_and_not_in_the_log_but_a_check_that_fails_is()
    {
        var readiness = Make(
            ("degraded", () => Task.FromResult(HealthCheckResult.Degraded("Less."))),
            ("unhealthy", () => Task.FromResult(HealthCheckResult.Unhealthy("None."))));
        var mistaken = Make(("mistaken", () => throw new InvalidOperationException("a secret")));

        (await readiness.LookAsync()).Checks.Values.Select(check => check.Reason).Should().Equal("Less.", "None.");
        _log.Lines.Should().BeEmpty();

        (await mistaken.LookAsync()).Checks["mistaken"].Should()
            .BeEquivalentTo(new { Status = "unhealthy", Reason = "It could not be looked at." });
        _log.Lines.Should().ContainSingle(line => line.Level == LogLevel.Error && line.Text.Contains("mistaken"));
    }

    public void Dispose()
    {
        _goesOn.Set();
        _goesOn.Dispose();
    }

    private async Task<ReadyBody> LookAsync(Readiness readiness)
    {
        var look = readiness.LookAsync();
        await Eventually.HoldsAsync(() =>
        {
            if (!look.IsCompleted) _clock.Advance(TimeSpan.FromMilliseconds(500));
            return look.IsCompleted;
        });
        return await look;
    }

    private Readiness Make(params (string Name, Func<Task<HealthCheckResult>> Check)[] checks)
    {
        var options = new HealthCheckServiceOptions();
        foreach (var (name, run) in checks)
        {
            var check = new Mock<IHealthCheck>();
            check.Setup(one => one.CheckHealthAsync(It.IsAny<HealthCheckContext>(), It.IsAny<CancellationToken>())).Returns(run);
            options.Registrations.Add(new(name, check.Object, null, null));
        }
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        return new(Options.Create(options), Mock.Of<IServiceProvider>(), _clock, factory.CreateLogger<Readiness>());
    }
}
