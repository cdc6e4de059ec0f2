using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Voice.Infrastructure.Database;

namespace Voice.UnitTests.Database;

public sealed class DatabaseErrorsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LogBook _log = new();
    private readonly ILoggerFactory _factory;
    private readonly DatabaseErrors _errors;

    public DatabaseErrorsTests()
    {
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _errors = new(_clock, _factory.CreateLogger<DatabaseErrors>());
    }

    public static TheoryData<Exception, bool> Exceptions => new()
    {
        { new NpgsqlException("no connection", new SocketException(111)), true },
        { new NpgsqlException("the pool is exhausted", new TimeoutException()), true },
        { new PostgresException("shutting down", "FATAL", "FATAL", "57P01"), true },
        { new SqliteException("locked", 6), true },
        { new TimeoutException(), true },
        { new InvalidOperationException("cut short", new SocketException(111)), true },
        { new PostgresException("there is no such table", "ERROR", "ERROR", "42P01"), false },
        { new PostgresException("out of range", "ERROR", "ERROR", "22003"), false },
        { new SqliteException("there is no such table", 1), false },
        { new InvalidOperationException("a mistake of ours"), false },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Only_what_passes_by_waiting_is_told_as_an_outage(Exception exception, bool isAway)
    {
        _errors.TellsAway(exception).Should().Be(isAway);

        _log.Lines.Should().HaveCount(isAway ? 1 : 0);
    }

    [Fact]
    public void An_outage_is_one_line_then_one_a_minute_and_one_at_its_end()
    {
        _errors.TellAnswers();
        for (var second = 0; second < 150; second++)
        {
            for (var times = 0; times < 4; times++) _errors.TellsAway(new TimeoutException());
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        _clock.Advance(TimeSpan.FromSeconds(4));
        _errors.TellAnswers();
        _errors.TellAnswers();
        _errors.TellsAway(new TimeoutException());

        _log.Lines.Select(line => line.Text.Split(" and ")[0]).Should().Equal(
            "The database is away", "The database is away", "The database is away", "The database is back.", "The database is away");
        _log.Lines.Should().NotContain(line => line.Text.Contains("   at ") || line.Text.Contains("Exception:"));
    }

    [Fact]
    public void It_is_back_once_those_whom_it_cut_short_have_said_so()
    {
        _errors.TellsAway(new TimeoutException());
        for (var late = 0; late < 4; late++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _errors.TellAnswers();
            _errors.TellsAway(new TimeoutException());
        }
        _log.Lines.Should().ContainSingle();

        for (var second = 0; second < 10; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _errors.TellAnswers();
        }
        _log.Lines.Select(line => line.Text).Skip(1).Should().Equal("The database is back.");
    }

    public void Dispose() => _factory.Dispose();
}
