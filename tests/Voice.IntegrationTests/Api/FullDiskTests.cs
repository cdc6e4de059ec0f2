using System.Data.Common;
using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.IntegrationTests.Contracts;

namespace Voice.IntegrationTests.Api;

/// <summary>A full disk is our trouble: said as such, logged, and over as soon as there is room.</summary>
public class FullDiskTests
{
    [Fact]
    public async Task Whatever_SQLite_commits_is_on_disk()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);

        (await database.CountAsync("PRAGMA synchronous")).Should().Be(2, "FULL: each commit waits for the disk");
        (await database.CountAsync("SELECT journal_mode = 'wal' FROM pragma_journal_mode")).Should().Be(1);
    }

    [Fact]
    public async Task A_callback_that_finds_no_room_is_sent_again()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var source = voice.Services.GetRequiredService<DbDataSource>();

        await LimitAsync(source, "(SELECT page_count FROM pragma_page_count)");
        var refused = await PostUntilAsync(voice, HttpStatusCode.ServiceUnavailable);
        await LimitAsync(source, "1073741823");
        using var taken = await voice.PostWebhookAsync("sessionId=ATVId_1&status=busy");

        refused.Headers.RetryAfter.Should().NotBeNull();
        voice.Log.Lines.Should().Contain(line => line.Level == LogLevel.Error && line.Text.Contains("full"));
        taken.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task Audio_that_finds_no_room_is_not_called_bad()
    {
        using var disk = new SmallDisk(kilobytes: 512);
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, [.. speech.Settings, $"--Audio:Folder={disk.Folder}/audio"]);

        var upload = await ProcessTests.UploadAsync(voice, new ByteArrayContent(Silence.Wav(seconds: 60)));
        var id = await ProcessTests.CompletedAsync(voice);
        var processing = ProcessTests.ProcessAsync(voice, new { recording_id = id, parties = ProcessTests.Parties });
        await Eventually.HoldsAsync(() => voice.Log.Lines.Any(line => line.Text.StartsWith("RunJobs failed")
            && line.Text.Contains("StorageException")));
        var tries = await database.CountAsync("SELECT MAX(tries) FROM processing_jobs");
        disk.Grow(kilobytes: 64 * 1024);
        await database.ExecuteAsync("UPDATE processing_jobs SET due_at = 1 WHERE due_at IS NOT NULL");

        upload.Status.Should().Be(503);
        upload.Body.GetProperty("detail").GetString().Should().StartWith("There is no room");
        tries.Should().BeLessThanOrEqualTo(1, "waiting for room is no try");
        (await processing).GetProperty("terms").GetProperty("quantity").GetInt32().Should().Be(200);
    }

    // Every connection of the pool, because the limit is one of the connection.
    private static async Task LimitAsync(DbDataSource source, string pages)
    {
        var connections = new List<DbConnection>();
        for (var number = 0; number < 20; number++) connections.Add(await source.OpenConnectionAsync());
        foreach (var connection in connections)
        {
            var most = await connection.ExecuteScalarAsync<long>($"SELECT {pages}");
            await connection.ExecuteAsync($"PRAGMA max_page_count = {most}");
        }
        foreach (var connection in connections) await connection.DisposeAsync();
    }

    private static async Task<HttpResponseMessage> PostUntilAsync(VoiceHost voice, HttpStatusCode status)
    {
        for (var number = 0; number < 100; number++)
        {
            var response = await voice.PostWebhookAsync($"sessionId=ATVId_{number}&status=busy&note={new string('x', 30_000)}");
            if (response.StatusCode == status) return response;
            response.Dispose();
        }
        throw new InvalidOperationException("The disk was never full.");
    }
}
