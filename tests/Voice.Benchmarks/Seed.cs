using Dapper;
using Npgsql;
using Voice.Infrastructure.Database;

namespace Voice.Benchmarks;

/// <summary>Databases with many recordings, all alike but for their ids: <c>conf_</c> and a number of 24 digits.</summary>
internal static class Seed
{
    public static string Id(long number) => $"conf_{number:D24}";

    /// <summary>A fresh database whose recordings, from number 0, are final but for the last ones.</summary>
    public static async Task<string> CreateAsync(string server, int rows, int inProgress)
    {
        var name = $"bench_{Guid.NewGuid():N}";
        await using (var admin = new NpgsqlConnection(server)) await admin.ExecuteAsync($"CREATE DATABASE {name}");
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 64 }.ToString();
        Migrator.Migrate(Dialect.Postgres, connectionString);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync("""
            INSERT INTO voice_recordings (recording_id, status, contract_type, expected_seconds, parties, placement, session_id,
                over_at, recording_url, url_is_settled, duration, duration_is_settled, created_at, processed_at, version)
            SELECT 'conf_' || lpad(n::text, 24, '0'), CASE WHEN n < @Final THEN 'completed' ELSE 'recording' END,
                'agricultural_supply', 600,
                '[{"phone":"\u002B2547' || lpad((n % 10000000)::text, 8, '0') || '","state":"Bridged"},'
                || '{"phone":"\u002B254787654321","state":"Bridged"}]',
                'Placed', 'ATVId_' || n, CASE WHEN n < @Final THEN 1705312800000 + n END,
                CASE WHEN n < @Final THEN 'https://a.at-internal.com/' || md5(n::text) || '.mp3' END, n < @Final,
                CASE WHEN n < @Final THEN 342 END, n < @Final, 1705312800000 + n, CASE WHEN n < @Final THEN 1705313142000 + n END, 3
            FROM generate_series(0, @Rows - 1) AS n;
            INSERT INTO voice_parties (phone, created_at, recording_id)
            SELECT '+2547' || lpad((n % 10000000)::text, 8, '0'), 1705312800000 + n, 'conf_' || lpad(n::text, 24, '0')
            FROM generate_series(0, @Rows - 1) AS n;
            CREATE TABLE bare_inbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body bytea NOT NULL, received_at bigint NOT NULL);
            """, new { Rows = rows, Final = rows - inProgress }, commandTimeout: 600);
        await connection.ExecuteAsync("VACUUM ANALYZE;", commandTimeout: 600);
        await connection.ExecuteAsync("CHECKPOINT;", commandTimeout: 600); // Without the semicolon Dapper takes one word for a procedure.
        return connectionString;
    }
}
