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

    [Theory]
    [InlineData(200, 0, false)]
    [InlineData(1_000, 0, true)]
    [InlineData(1_000, 3_000, false)]
    [InlineData(-1_000, 3_000, false)]
    [InlineData(2_000, 3_000, true)]
    [InlineData(3_600_000, 3_000, true)]
    [InlineData(-3_600_000, 3_000, true)]
    public void What_may_be_the_way_to_the_database_moves_no_clock_and_what_cannot_does(int ahead, int took, bool moves)
    {
        var own = new WrongClock();
        var clock = new DatabaseClock(own);
        var heard = own.GetTimestamp();
        var asked = heard - (own.TimestampFrequency * took / 1000);

        clock.Hear(own.GetUtcNow().AddMilliseconds(ahead - (took / 2)), asked, heard); // Told in the middle, as far as we know.

        clock.GetUtcNow().Should().BeCloseTo(own.GetUtcNow().AddMilliseconds(moves ? ahead : 0), TimeSpan.FromMilliseconds(100));
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
