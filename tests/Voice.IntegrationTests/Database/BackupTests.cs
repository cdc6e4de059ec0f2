using Microsoft.Data.Sqlite;

namespace Voice.IntegrationTests.Database;

public class BackupTests
{
    [Fact]
    public async Task A_copy_made_under_writes_opens_and_serves_all_that_was_answered_before_it()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var before = await voice.CreatedIdAsync();
        await voice.UntilFinalAsync(before);
        using var stop = new CancellationTokenSource();
        var created = 0;
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await voice.CreatedIdAsync();
                Interlocked.Increment(ref created);
            }
        });
        await Eventually.HoldsAsync(() => Volatile.Read(ref created) > 3);
        var folder = Directory.CreateTempSubdirectory("voice-backup-").FullName;
        var file = Path.Combine(folder, "copies", "voice.db");

        var (code, output, error) = await VoiceCommand.RunAsync(database, "backup", file);
        await stop.CancelAsync();
        await writing;

        (code, error).Should().Be((0, ""));
        output.Should().Contain(file);
        Directory.GetFiles(Path.GetDirectoryName(file)!).Should().Equal(file);
        await using var restored = TestDatabase.At(file);
        (await restored.CountAsync("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'")).Should().Be(1);
        (await restored.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().BeGreaterThan(3);
        await using (var again = await VoiceHost.StartAsync(restored))
        {
            (await again.UntilFinalAsync(before)).Status().Should().BeOneOf("completed", "failed");
            (await again.UntilFinalAsync(await again.CreatedIdAsync())).Status().Should().Be("completed");
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_copy_overwrites_nothing_and_says_what_is_wrong_in_one_sentence()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var taken = Path.GetTempFileName();

        var (code, _, error) = await VoiceCommand.RunAsync(database, "backup", taken);
        File.Delete(taken);
        var (other, _, nowhere) = await VoiceCommand.RunAsync(database, "backup", "/proc/nowhere/voice.db");

        (code, other).Should().Be((1, 1));
        error.Should().Contain(taken).And.NotContain("\n");
        nowhere.Should().StartWith("The backup could not be made").And.NotContain("\n");
    }

    [SkippableFact]
    public async Task Of_PostgreSQL_the_line_to_run_is_printed_without_the_password()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);

        var (code, output, _) = await VoiceCommand.RunAsync(
            database, "backup", "it's voice.dump", $"--ConnectionStrings:Voice={database.ConnectionString};Password=hunter2");

        code.Should().Be(0);
        output.Should().StartWith("pg_dump --format=custom --file='it'\\''s voice.dump' --host=").And.Contain("--port=")
            .And.NotContain("hunter2");
    }

    [Fact]
    public async Task The_tables_of_another_version_are_copied_as_they_are()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite, migrate: false);
        await database.ExecuteAsync("CREATE TABLE of_old (id integer)");
        var file = Path.Combine(Path.GetTempPath(), $"voice-{Guid.NewGuid():N}.db");

        (await VoiceCommand.RunAsync(database, "backup", file)).Code.Should().Be(0);

        await using var copy = TestDatabase.At(file);
        (await copy.CountAsync("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'")).Should().Be(1);
        SqliteConnection.ClearAllPools();
        File.Delete(file);
    }
}
