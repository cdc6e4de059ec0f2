namespace Voice.IntegrationTests.Npm;

/// <summary>The document as others' tools see it.</summary>
public class OpenApiToolTests
{
    [SkippableTheory]
    [InlineData("lint:redocly")]
    [InlineData("lint:spectral")]
    public async Task Linters_find_nothing_in_the_document(string linter)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await SaveDocumentAsync(voice);

        var (isFine, said) = await NpmTools.NpmAsync(NpmTools.Folder, "run", linter);

        isFine.Should().BeTrue(said);
    }

    [SkippableFact]
    public async Task A_client_that_is_generated_from_it_compiles_works_and_refuses_what_the_service_would_refuse()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await SaveDocumentAsync(voice);
        var (isGenerated, trouble) = await NpmTools.NpmAsync(NpmTools.Folder, "run", "generate");
        isGenerated.Should().BeTrue(trouble);

        var (_, complaints) = await NpmTools.NpmAsync(NpmTools.Folder, "run", "compile");
        var (isFine, said) = await NpmTools.NpmAsync(NpmTools.Folder, "run", "call", "--", voice.Address);

        var refused = await File.ReadAllLinesAsync(Path.Combine(NpmTools.Folder, "refused.ts"));
        complaints.Split('\n').Where(line => line.Contains(": error TS")).Select(line => line[..line.IndexOf(',')]).Distinct()
            .Should().Equal(refused.Index().Where(line => line.Item.EndsWith("// refused")).Select(line => $"refused.ts({line.Index + 1}"),
                complaints);
        complaints.Should().Contain("Property 'parties' is missing in type '{}'");
        isFine.Should().BeTrue(said);
        said.Trim().Should().Be("busy, 1 in the list, Contract not found");
    }

    private static async Task SaveDocumentAsync(VoiceHost voice) => await File.WriteAllBytesAsync(
        Path.Combine(NpmTools.Folder, "openapi.json"), await voice.Http.GetByteArrayAsync("/swagger/v1/swagger.json"));
}
