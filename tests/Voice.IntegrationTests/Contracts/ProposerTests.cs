using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Voice.IntegrationTests.Contracts;

/// <summary>A language model beside the rules: what it may add, and that nothing it does stops a reading.</summary>
public class ProposerTests
{
    // Only a reader who knows what "the usual" is about can tell what two hundred shillings are for.
    private const string Talk = "Ten bags of maize. Only if it is dry. The usual. Two hundred shillings. Okay.";
    private const string Agreed =
        "I want ten bags of maize. My price is four thousand shillings per bag. Make it three thousand. Okay.";

    [SkippableFact]
    public async Task One_that_tells_the_truth_adds_what_the_rules_cannot_place()
    {
        await using var chat = await ChatDouble.ProposingAsync(
            Term("quantity", 10, "Ten bags", "Okay"), Term("unit_price", 200, "Two hundred shillings", "Okay"));

        var (contract, log) = await ReadAsync(Talk, chat.Settings);

        Price(contract).Should().Be("200");
        contract.GetProperty("evidence").GetProperty("unit_price").GetProperty("quote").GetString().Should().Be("Two hundred shillings");
        log.Should().BeEmpty();
        Price((await ReadAsync(Talk)).Contract).Should().Be("null", "the rules alone know of no price");
        chat.Asked.GetProperty("temperature").GetInt32().Should().Be(0);
        chat.Asked.GetProperty("max_tokens").GetInt32().Should().BePositive();
        chat.Asked.GetProperty("model").GetString().Should().Be("the-model");
        var format = chat.Asked.GetProperty("response_format");
        format.GetProperty("type").GetString().Should().Be("json_schema");
        format.GetProperty("json_schema").GetProperty("schema").GetProperty("properties").GetProperty("terms").GetProperty("items")
            .GetProperty("required").EnumerateArray().Select(member => member.GetString())
            .Should().Equal("term", "value", "quote", "accepting_quote");
        chat.Asked.GetRawText().Should().Contain(Talk).And.NotContain("254712345678").And.NotContain("Kamau");
    }

    [SkippableTheory]
    [InlineData("unit_price", 2500, "two thousand five hundred shillings per bag")] // invented
    [InlineData("unit_price", 2500, "three thousand")] // misquoted
    [InlineData("unit_price", 1000, "thousand shillings per bag")] // the tail of a number
    [InlineData("delivery_fee", 4000, "four thousand shillings per bag")] // no term
    public async Task One_that_invents_or_misquotes_changes_nothing(string term, int value, string quote)
    {
        await using var chat = await ChatDouble.ProposingAsync(Term(term, value, quote, "Okay"));

        var (contract, _) = await ReadAsync(Agreed, chat.Settings);

        contract.GetProperty("terms").GetRawText().Should().Be((await ReadAsync(Agreed)).Contract.GetProperty("terms").GetRawText());
        Price(contract).Should().Be("3000");
        contract.GetProperty("evidence").GetProperty("unit_price").GetProperty("disputed").GetBoolean().Should().BeFalse();
    }

    [SkippableFact]
    public async Task Where_it_disagrees_with_the_rules_the_term_is_disputed_and_asked()
    {
        await using var chat = await ChatDouble.ProposingAsync(Term("unit_price", 4000, "four thousand shillings per bag", "Okay"));

        var (contract, _) = await ReadAsync(Agreed, chat.Settings);

        Price(contract).Should().Be("null");
        contract.GetProperty("processing_status").GetString().Should().Be("partial");
        contract.GetProperty("evidence").GetProperty("unit_price").GetProperty("alternatives").EnumerateArray()
            .Select(alternative => alternative.GetProperty("value").GetInt32()).Should().BeEquivalentTo([3000, 4000]);
        contract.GetProperty("questions").GetProperty("unit_price").GetString().Should().Contain("3,000").And.Contain("4,000");
    }

    [SkippableTheory]
    [InlineData("The price is four thousand.")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"terms":null}""")]
    [InlineData("""{"terms":[null]}""")]
    [InlineData("""{"terms":[{"term":"unit_price"}]}""")]
    [InlineData("""{"terms":[{"term":"unit_price","value":null,"quote":"four thousand","accepting_quote":null}]}""")]
    [InlineData("""{"terms":[{"term":"unit_price","value":1e400,"quote":"four thousand","accepting_quote":null}]}""")]
    [InlineData("""{"terms":[{"term":"unit_price","value":4000,"quote":"four thou""")]
    public async Task One_that_answers_nonsense_is_not_heard(string content)
    {
        await using var chat = await ChatDouble.SayingAsync(content);

        await IsReadByTheRulesAloneAsync(chat.Settings, "answered nonsense");
    }

    [SkippableTheory]
    [InlineData(500, "{}", "answered 500")]
    [InlineData(200, "", "answered nonsense")]
    [InlineData(200, "<html>", "answered nonsense")]
    [InlineData(200, """{"choices":[]}""", "answered nonsense")]
    [InlineData(200, """{"choices":[{"message":{"content":null}}]}""", "answered nonsense")]
    public async Task One_that_answers_otherwise_is_not_heard(int status, string body, string what)
    {
        await using var chat = await ChatDouble.AnsweringAsync(status, body);

        await IsReadByTheRulesAloneAsync(chat.Settings, what);
    }

    [SkippableFact]
    public async Task One_that_says_too_much_is_not_heard()
    {
        await using var chat = await ChatDouble.AnsweringAsync(200, new string(' ', 70_000) + "{}");

        await IsReadByTheRulesAloneAsync(chat.Settings, "answered too much");
    }

    [SkippableFact]
    public async Task One_that_is_slow_is_not_waited_for()
    {
        await using var chat = await ChatDouble.AnsweringAsync(200, "{}", takes: TimeSpan.FromMinutes(5));

        await IsReadByTheRulesAloneAsync([.. chat.Settings, "--Reading:Timeout=00:00:01"], "took too long");
    }

    [SkippableFact]
    public async Task One_that_is_away_is_not_missed() =>
        await IsReadByTheRulesAloneAsync(["--Reading:Engine=openai", "--Reading:BaseUrl=http://127.0.0.1:9"], "could not be reached");

    private static object Term(string term, int value, string quote, string? accepting) =>
        new { term, value, quote, accepting_quote = accepting };

    private static string Price(JsonElement contract) => contract.GetProperty("terms").GetProperty("unit_price").GetRawText();

    private static async Task IsReadByTheRulesAloneAsync(string[] settings, string what)
    {
        var (contract, log) = await ReadAsync(Agreed, settings);

        Price(contract).Should().Be("3000");
        log.Should().Equal($"The model that proposes terms {what}: the rules alone read this call.");
    }

    /// <summary>The contract, and what was logged above what is normal.</summary>
    private static async Task<(JsonElement Contract, List<string> Log)> ReadAsync(string talk, params string[] settings)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(talk);
        await using var voice = await VoiceHost.StartAsync(database, [.. speech.Settings, .. settings]);
        var id = await ProcessTests.CompletedAsync(voice);
        var contract = await ProcessTests.ProcessAsync(voice, new { recording_id = id, parties = ProcessTests.Parties });
        voice.Log.Lines.Should().NotContain(line =>
            line.Text.Contains("maize") || line.Text.Contains(ChatDouble.ApiKey) || line.Text.Contains("254712345678"));
        return (contract, [.. voice.Log.Lines.Where(line => line.Level > LogLevel.Information).Select(line => line.Text)]);
    }
}
