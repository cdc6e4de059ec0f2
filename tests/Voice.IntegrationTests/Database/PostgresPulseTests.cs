using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Infrastructure.Database;

namespace Voice.IntegrationTests.Database;

public class PostgresPulseTests
{
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task The_databases_time_counts_whatever_our_own_clock_says_and_wherever_it_jumps(int hours)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres, migrate: false);
        var own = new WrongClock { Ahead = TimeSpan.FromHours(hours) };
        var clock = new DatabaseClock(own);
        var log = new LogBook();
        await using var services = new ServiceCollection().AddMetrics()
            .AddLogging(logging => logging.AddProvider(log)).BuildServiceProvider();
        await using var source = new PostgresDataSource(database.ConnectionString);
        var pulse = ActivatorUtilities.CreateInstance<PostgresPulse>(services, source, clock);

        await pulse.StartAsync(default);
        var skew = Measure();
        var before = clock.GetUtcNow();
        own.Ahead = TimeSpan.FromDays(-400);
        var after = clock.GetUtcNow();
        await pulse.StopAsync(default);

        skew.Should().BeApproximately(hours * 3600, 60);
        before.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        after.Should().BeOnOrAfter(before).And.BeCloseTo(before, TimeSpan.FromMinutes(1));
        log.Lines.Should().ContainSingle(line => line.Level == LogLevel.Warning && line.Text.Contains("clock"));
    }

    [Fact]
    public void What_may_be_the_way_to_the_database_moves_no_clock()
    {
        var own = new WrongClock();
        var clock = new DatabaseClock(own);
        var (now, asked) = (own.GetUtcNow(), own.GetTimestamp());

        clock.Hear(now.AddMilliseconds(200), asked, asked);
        clock.GetUtcNow().Should().BeCloseTo(own.GetUtcNow(), TimeSpan.FromMilliseconds(50));
        clock.Hear(now.AddHours(1), asked, asked + own.TimestampFrequency);
        clock.GetUtcNow().Should().BeCloseTo(own.GetUtcNow(), TimeSpan.FromMilliseconds(50), "an answer that took a second tells no time");
        clock.Hear(now.AddHours(1), asked, asked);
        clock.GetUtcNow().Should().BeCloseTo(own.GetUtcNow().AddHours(1), TimeSpan.FromSeconds(1));
    }

    [SkippableFact]
    public async Task Everything_goes_by_it()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var voice = await VoiceHost.StartAsync(database);

        voice.Services.GetRequiredService<TimeProvider>().Should().BeOfType<DatabaseClock>();
    }

    private static double Measure()
    {
        var measured = double.NaN;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Voice" && instrument.Name == "voice.clock.skew") self.EnableMeasurementEvents(instrument);
        };
        // Other tests' services have theirs, which are right.
        listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
            measured = double.IsNaN(measured) || Math.Abs(value) > Math.Abs(measured) ? value : measured);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }

    private sealed class WrongClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
