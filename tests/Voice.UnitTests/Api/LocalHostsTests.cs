using Voice.Api.Security;

namespace Voice.UnitTests.Api;

public class LocalHostsTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("voice.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.8.8", true)]
    [InlineData("[::1]", true)]
    [InlineData("", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("evillocalhost", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("[2001:db8::1]", false)]
    [InlineData("x", false)]
    public void A_host_is_local_when_its_name_means_this_machine_to_everybody(string host, bool isLocal) =>
        LocalHosts.IsLocal(host).Should().Be(isLocal);
}
