using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
