using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Voice.Benchmarks;

/// <summary>
/// The least that could do each job: bare Kestrel, no routing, one prepared statement. A process of its own, as the service is.
/// </summary>
internal static class Limit
{
    private static readonly string Body = """
        {"recording_id":"conf_000000000000000000000000","status":"completed","duration":342,
        "recording_url":"https://a.at-internal.com/00000000000000000000000000000000.mp3",
        "created_at":"2024-01-15T10:00:00.000Z","processed_at":"2024-01-15T10:05:42.000Z"}
        """.ReplaceLineEndings("");

    public static async Task RunAsync(string connectionString)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var database = new NpgsqlDataSourceBuilder(
            connectionString + ";Max Auto Prepare=10;Auto Prepare Min Usages=1;No Reset On Close=true").Build();
        var app = builder.Build();
        var constant = Encoding.UTF8.GetBytes(Body);
        app.Run(context => context.Request.Path.Value!.Split('/')[1] switch
        {
            "constant" => WriteAsync(context, constant),
            "read" => ReadAsync(context, database),
            "work" => WorkAsync(context, database),
            _ => InsertAsync(context, database),
        });
        await app.StartAsync();
        Console.WriteLine("Voice listens on " + app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    private static async Task ReadAsync(HttpContext context, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "SELECT status, duration, recording_url, created_at, processed_at FROM voice_recordings WHERE recording_id = $1");
        var id = context.Request.Path.Value![6..];
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)).UtcDateTime;
        var body = string.Create(CultureInfo.InvariantCulture,
            $$"""{"recording_id":"{{id}}","status":"{{reader.GetString(0)}}","duration":"""
            + $$"""null,"recording_url":null,"created_at":"{{at:yyyy-MM-ddTHH:mm:ss.fffZ}}","processed_at":null}""");
        await WriteAsync(context, Encoding.UTF8.GetBytes(body));
    }

    // All that a callback comes to, written by hand: kept raw and durably; then its recording updated, two timeline lines, told. The second
    // commit does not wait for the disk, because NOTIFY holds a lock of the whole server meanwhile, and the first can be applied again.
    private static async Task WorkAsync(HttpContext context, NpgsqlDataSource database)
    {
        using var stream = new MemoryStream();
        await context.Request.Body.CopyToAsync(stream);
        var body = stream.ToArray();
        var fields = QueryHelpers.ParseQuery(Encoding.ASCII.GetString(body));
        string id = fields["sessionId"]!, url = fields["recordingUrl"]!;
        var duration = int.Parse(fields["duration"]!, CultureInfo.InvariantCulture);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var digest = Convert.ToHexStringLower(SHA256.HashData(body));
        await using var connection = await database.OpenConnectionAsync();
        await using var keep = connection.CreateBatch();
        Add(keep, """
            INSERT INTO webhook_inbox (digest, session_id, received_at, content_type, body)
            VALUES ($1, $2, $3, 'application/x-www-form-urlencoded', $4) ON CONFLICT DO NOTHING
            """, digest, id, now, body);
        await keep.ExecuteNonQueryAsync();
        await using var apply = connection.CreateBatch();
        Add(apply, "SELECT set_config('synchronous_commit', 'off', true)");
        Add(apply, """
            UPDATE voice_recordings SET status = 'completed', recording_url = $2, url_is_settled = true, duration = $3,
                duration_is_settled = true, over_at = $4, processed_at = $4, version = version + 1
            WHERE recording_id = $1 AND status <> 'completed'
            """, id, url, duration, now);
        Add(apply, """
            INSERT INTO voice_timeline (recording_id, at, kind, detail)
            VALUES ($1, $2, 'provider_event', 'The call ended.'), ($1, $2, 'status_changed', 'recording → completed')
            """, id, now);
        Add(apply, "UPDATE webhook_inbox SET applied_at = $2 WHERE digest = $1", digest, now);
        Add(apply, "SELECT pg_notify('recordings', $1)", id);
        await apply.ExecuteNonQueryAsync();
        await WriteAsync(context, Encoding.UTF8.GetBytes($$"""{"status":"webhook_processed","session_id":"{{id}}"}"""));

        static void Add(NpgsqlBatch batch, string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
            batch.BatchCommands.Add(command);
        }
    }

    private static async Task InsertAsync(HttpContext context, NpgsqlDataSource database)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        await using var command = database.CreateCommand("INSERT INTO bare_inbox (body, received_at) VALUES ($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body.ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Environment.TickCount64 });
        await command.ExecuteNonQueryAsync();
        await WriteAsync(context, """{"status":"webhook_processed","session_id":"conf_000000000000000000000000"}"""u8.ToArray());
    }

    private static Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body).AsTask();
    }
}
