namespace Voice.IntegrationTests.Operations;

/// <summary>The program's line, as it is mistyped.</summary>
public class CommandTests
{
    [SkippableTheory]
    [InlineData("migrat", "migrat")]
    [InlineData("version", "version")]
    [InlineData("--bogus", "--bogus")]
    [InlineData("migrate --bogus", "--bogus")]
    [InlineData("migrate up", "up")]
    [InlineData("keys list shop", "shop")]
    [InlineData("--Urls http://127.0.0.1:0 start", "start")]
    public async Task What_is_neither_a_command_nor_a_setting_is_an_error_and_nothing_runs(string line, string stray)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);

        var run = await VoiceCommand.RunAsync(database, line.Split(' '));

        run.Should().Be((1, "", $"{stray} is neither a command nor a setting, such as --Urls=http://localhost:9000; see --help."));
    }

    [SkippableFact]
    public async Task A_setting_may_stand_as_two_words()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);

        (await VoiceCommand.RunAsync(database, "migrate", "--Database:MigrateOnStart", "false")).Code.Should().Be(0);
    }
}
