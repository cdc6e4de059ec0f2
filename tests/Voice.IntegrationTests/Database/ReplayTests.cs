using System.Net.Http.Json;
using System.Text.Json;

namespace Voice.IntegrationTests.Database;

public class ReplayTests
{
    [SkippableTheory, OnBothDatabases]
    public async Task What_was_read_worse_is_told_and_then_mended_and_all_else_stays(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        string good, misread, unread, failed, gone;
        await using (var voice = await VoiceHost.StartAsync(database))
        {
            (good, misread) = (await FinalAsync(voice), await FinalAsync(voice));
            (unread, gone) = (await FinalAsync(voice), await FinalAsync(voice));
            failed = await FinalAsync(voice, "+254712340001");
        }
        // As a version that reads worse would have left them.
        const string worse = """
            UPDATE voice_recordings SET status = 'failed', failure_code = 'busy', recording_url = NULL, url_is_settled = FALSE,
                duration = NULL, duration_is_settled = FALSE, processed_at = NULL WHERE recording_id IN
            """;
        await database.ExecuteAsync($"{worse} ('{misread}', '{unread}', '{gone}')");
        await database.ExecuteAsync($"UPDATE voice_recordings SET failure_code = 'audio_missing' WHERE recording_id = '{unread}'");
        await database.ExecuteAsync($"""
            UPDATE webhook_inbox SET session_id = NULL, applied_at = NULL, problem = 'isActive: odd', digest = 'of its bytes ' || digest
            WHERE session_id IN (SELECT session_id FROM voice_calls WHERE recording_id = '{unread}')
            """);
        await database.ExecuteAsync(
            $"DELETE FROM voice_timeline WHERE recording_id = '{unread}' AND kind = 'provider_event'");
        await database.ExecuteAsync(
            $"DELETE FROM webhook_inbox WHERE session_id IN (SELECT session_id FROM voice_calls WHERE recording_id = '{gone}')");

        var (code, told, error) = await VoiceCommand.RunAsync(database, "replay");

        (code, error).Should().Be((0, ""));
        foreach (var id in new[] { misread, unread })
            told.Should().Contain($"{id}  status: failed → completed").And.Contain($"{id}  duration: nothing → 38");
        told.Should().NotContain(good).And.NotContain(failed).And.NotContain(gone).And.NotContain("254712345678")
            .And.EndWith("5 recordings, 2 of them differ, 0 are mended; 1 stay as they are because raw callbacks of theirs are gone.");
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline WHERE kind = 'mended'")).Should().Be(0);

        var (_, mended, _) = await VoiceCommand.RunAsync(database, "replay", "--apply");
        var (_, again, _) = await VoiceCommand.RunAsync(database, "replay", "--apply");

        mended.Should().Contain("2 of them differ, 2 are mended");
        again.Should().StartWith("5 recordings, 0 of them differ, 0 are mended");
        await using var after = await VoiceHost.StartAsync(database);
        foreach (var id in new[] { good, misread, unread }) (await after.StatusAsync(id)).Status().Should().Be("completed");
        foreach (var id in new[] { failed, gone }) (await after.StatusAsync(id)).Status().Should().Be("failed");
        var timeline = await after.Http.GetFromJsonAsync<JsonElement>($"/api/v1/voice/recordings/{misread}/timeline");
        timeline.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("kind").GetString() == "mended")
            .Select(entry => entry.GetProperty("detail").GetString()).Should().Contain("status: failed → completed");
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox WHERE session_id IS NULL OR applied_at IS NULL")).Should()
            .Be(0, "what can be read now belongs to its recording, and is erased with it");
    }

    private static async Task<string> FinalAsync(VoiceHost voice, string first = "+254712345678")
    {
        var id = await voice.CreatedIdAsync(first);
        await voice.UntilFinalAsync(id);
        return id;
    }
}
