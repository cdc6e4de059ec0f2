namespace Voice.IntegrationTests.Npm;

/// <summary>The client as a package.</summary>
public class PackageTests
{
    [SkippableFact]
    public async Task The_packed_client_serves_typescript_and_node_all_the_way_to_a_confirmed_contract()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(Contracts.ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var user = Path.Combine(NpmTools.Folder, "user");
        await InstallAsync(voice, user);

        var (compiles, complaints) = await NpmTools.NpmAsync(user, "run", "compile");
        var (isFine, said) = await NpmTools.NpmAsync(user, "start", "--", voice.Address);

        compiles.Should().BeTrue(complaints);
        isFine.Should().BeTrue(said);
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "completed: number", "the same: true", "timeline: created…status_changed", "listed: 3, newest first true", "job: true",
            "its contract: true", "question: true", "sent: true", "decided: confirmed", "signed: +254712345678,+254787654321",
            "read with a token: completed", "of another: not_found 404 conf_other", "no contract: not_found 404 undefined",
            "no recording: not_found 404 conf_none", "not processed: not_found 404 conf_none",
            "confirmed already: http_409 409 undefined", "invalid: http_422 422 undefined",
            "unreachable: unreachable undefined conf_1", "by default: function");
    }

    /// <summary>Packs what the service serves, as it is, and installs it without any registry.</summary>
    internal static async Task<string> InstallAsync(VoiceHost voice, string user)
    {
        var package = Directory.CreateDirectory(Path.Combine(user, "package")).FullName;
        var project = Path.Combine(user, "package.json"); // Without one npm would install it for a project further up.
        if (!File.Exists(project)) await File.WriteAllTextAsync(project, "{}");
        foreach (var file in new[] { "package.json", "voice-client.js", "voice-client.d.ts" })
            await File.WriteAllBytesAsync(Path.Combine(package, file), await voice.Http.GetByteArrayAsync($"/client/{file}"));
        var (isPacked, name) = await NpmTools.NpmAsync(user, "pack", "./package");
        isPacked.Should().BeTrue(name);
        var (isInstalled, said) = await NpmTools.NpmAsync(user, "install", "--offline", "--no-save", $"./{name.Trim()}");
        isInstalled.Should().BeTrue(said);
        return Path.Combine(user, "node_modules", "voice-client");
    }
}
