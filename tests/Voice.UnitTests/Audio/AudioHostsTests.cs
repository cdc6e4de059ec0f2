using Voice.Infrastructure.Audio;

namespace Voice.UnitTests.Audio;

public class AudioHostsTests
{
    private const string Own = "http://127.0.0.1:8000/sandbox";
    private const string File = "ATVId_11163e2ea9a58f3a7999fecda8eeb43a.mp3";

    [Theory]
    [InlineData($"{Own}/recordings/{File}", $"{Own}/recordings/{File}")]
    [InlineData($"{Own}/recordings/1.mp3", $"{Own}/recordings/1.mp3")]
    [InlineData($"https://voice.example/sandbox/recordings/{File}", $"{Own}/recordings/{File}")]
    [InlineData($"http://127.0.0.1:22/sandbox/recordings/{File}", $"{Own}/recordings/{File}")]
    [InlineData($"http://localhost:9200/sandbox/recordings/{File}", $"{Own}/recordings/{File}")]
    [InlineData($"http://[::1]:9200/sandbox/recordings/{File}", $"{Own}/recordings/{File}")]
    [InlineData("http://localhost:9200/sandbox/recordings/1.mp3", null)]
    [InlineData($"http://localhost:9200/sandbox/recordings/../{File}", null)]
    [InlineData($"http://localhost:9200/sandbox/recordings/{File}?x=1", null)]
    [InlineData($"http://localhost:9200/{File}", null)]
    [InlineData($"https://localhost/sandbox/recordings/{File}", null)]
    [InlineData($"http://10.0.0.1:8000/sandbox/recordings/{File}", null)]
    [InlineData($"http://evil.example/sandbox/recordings/{File}", null)]
    [InlineData($"{Own}/recordings/../sms", null)]
    [InlineData($"{Own}/sms", null)]
    public void The_sandboxs_recordings_are_fetched_from_our_own_address_and_from_no_other(string address, string? from)
    {
        var hosts = new AudioHosts(new AudioSettings(), () => Own, () => "https://voice.example/sandbox");

        hosts.AtSandbox(new Uri(address)).Should().Be(from is null ? null : new Uri(from));
        new AudioHosts(new AudioSettings(), sandbox: null).AtSandbox(new Uri(address)).Should().BeNull("there is no sandbox");
    }
}
