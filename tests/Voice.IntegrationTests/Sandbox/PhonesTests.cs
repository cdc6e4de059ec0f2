using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Voice.IntegrationTests.Sandbox;

public class PhonesTests
{
    [Fact]
    public async Task The_phones_show_what_they_were_sent_as_a_page_and_as_json()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        (await PageAsync(voice)).Should().Contain("No messages yet.");
        await SendAsync(voice, "the first");
        await SendAsync(voice, "<script>alert('&')</script>");

        var page = await PageAsync(voice);
        page.Should().Contain("&#x2B;254 712 345678").And.Contain("&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;")
            .And.NotContain("<script>");
        (await TextsAsync(voice)).Should().Equal("<script>alert('&')</script>", "the first");
    }

    [Fact]
    public async Task A_line_that_a_killed_process_left_torn_hides_no_other()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await SendAsync(voice, "before");
        await File.AppendAllTextAsync(Path.Combine(Path.GetDirectoryName(voice.AudioFolder)!, "sms.jsonl"), """{"At":"2024-01-15T10:0""");

        (await TextsAsync(voice)).Should().Equal("before");
        await SendAsync(voice, "after");

        (await TextsAsync(voice)).Should().Equal("after", "before");
        voice.Log.Lines.Should().NotContain(line => line.Level > LogLevel.Information);
    }

    private static async Task SendAsync(VoiceHost voice, string text)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["to"] = "+254712345678", ["message"] = text });
        using var response = await voice.Http.PostAsync("/sandbox/version1/messaging", form);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("SMSMessageData").GetProperty("Recipients")[0]
            .GetProperty("statusCode").GetInt32().Should().Be(101);
    }

    private static async Task<string> PageAsync(VoiceHost voice)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/sms") { Headers = { { "Accept", "text/html" } } };
        return await (await voice.Http.SendAsync(request)).Content.ReadAsStringAsync();
    }

    private static async Task<IEnumerable<string?>> TextsAsync(VoiceHost voice) =>
        (await voice.Http.GetFromJsonAsync<JsonElement>("/sandbox/sms")).EnumerateArray()
            .Select(message => message.GetProperty("text").GetString());
}
