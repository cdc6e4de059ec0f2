using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using Voice.Infrastructure.Database;

namespace Voice.IntegrationTests.Database;

/// <summary>The fault run found an instance that gave up because its connection was cut while it looked at the migrations.</summary>
public class DatabaseStartTests
{
    public static TheoryData<Exception, bool> Troubles => new()
    {
        { Of("57P01"), true }, // admin_shutdown: stopped, or this connection ended
        { Of("57P02"), true }, // crash_shutdown
        { Of("57P03"), true }, // cannot_connect_now: still starting
        { Of("53300"), true }, // too_many_connections
        { new NpgsqlException("cut", new IOException("cut")), true },
        { new NpgsqlException("hangs", new TimeoutException()), true },
        { new SocketException((int)SocketError.ConnectionRefused), true },
        { new SqliteException("locked", 5), true },
        { Of("28P01"), false }, // invalid_password
        { Of("3D000"), false }, // no such database
        { Of("42601"), false }, // a mistake in a migration
        { new SqliteException("no database", 26), false },
        { new IOException("no such folder"), false },
    };

    [Theory, MemberData(nameof(Troubles))]
    public void A_start_that_the_database_cut_short_is_tried_again_whatever_it_was_at(Exception trouble, bool isAway)
    {
        DatabaseStart.IsAway(trouble).Should().Be(isAway);
        DatabaseStart.IsAway(new InvalidOperationException("The migration failed.", trouble)).Should().Be(isAway);
    }

    private static PostgresException Of(string state) => new(state, "FATAL", "FATAL", state);
}
