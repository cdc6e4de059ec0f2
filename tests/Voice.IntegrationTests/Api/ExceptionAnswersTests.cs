using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Voice.Api.Errors;
using Voice.Infrastructure.Database;

namespace Voice.IntegrationTests.Api;

public class ExceptionAnswersTests
{
    public static TheoryData<Exception, int> Exceptions => new()
    {
        { new PostgresException("a NUL", "ERROR", "ERROR", "22P05"), 500 },
        { new PostgresException("out of range", "ERROR", "ERROR", "22003"), 500 },
        { new SqliteException("mismatch", 20), 500 },
        { new SqliteException("too big", 18), 500 },
        { new PostgresException("shutting down", "FATAL", "FATAL", "57P01"), 503 },
        { new NpgsqlException("no connection"), 503 },
        { new SqliteException("busy", 5), 503 },
        { new SqliteException("disk full", 13), 503 },
        { new TimeoutException(), 503 },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task What_the_database_does_not_take_is_never_told_as_an_outage(Exception exception, int status)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };

        var errors = new DatabaseErrors(TimeProvider.System, NullLogger<DatabaseErrors>.Instance);
        await new ExceptionAnswers(errors, NullLogger<ExceptionAnswers>.Instance).TryHandleAsync(context, exception, default);

        context.Response.StatusCode.Should().Be(status);
        context.Response.Headers.RetryAfter.Count.Should().Be(status == 503 ? 1 : 0, "to try again must help");
    }
}
