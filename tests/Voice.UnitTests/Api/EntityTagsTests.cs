using FsCheck.Xunit;
using Microsoft.Extensions.Primitives;
using Voice.Api.Status;

namespace Voice.UnitTests.Api;

public class EntityTagsTests
{
    private const string Tag = "16a3c73af7336676d1917abb";

    [Theory]
    [InlineData("\"16a3c73af7336676d1917abb\"")]
    [InlineData("W/\"16a3c73af7336676d1917abb\"")]
    [InlineData("\"other\", W/\"16a3c73af7336676d1917abb\"")]
    [InlineData("\"16a3c73af7336676d1917abb-gzip\"")]
    [InlineData("\"16a3c73af7336676d1917abb--gzip\"")]
    [InlineData("\"16a3c73af7336676d1917abb;gzip\"")]
    [InlineData("\"16a3c73af7336676d1917abb:br\"")]
    [InlineData("W/\"16a3c73af7336676d1917abb-gzip\"")]
    [InlineData("W/\"16a3c73af7336676d1917abb-br-gzip\"")]
    [InlineData("nonsense, \"16a3c73af7336676d1917abb\"")]
    [InlineData("*")]
    public void A_tag_fits_however_a_proxy_wrote_it(string header) => EntityTags.Fit(header, Tag).Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"-gzip\"")]
    [InlineData("16a3c73af7336676d1917abb")]
    [InlineData("\"16a3c73af7336676d1917ab\"")]
    [InlineData("\"16a3c73af7336676d1917abbc\"")]
    [InlineData("\"gzip-16a3c73af7336676d1917abb\"")]
    [InlineData("\"*\"")]
    public void Another_tag_does_not(string header) => EntityTags.Fit(header, Tag).Should().BeFalse();

    [Fact]
    public void Tags_may_come_in_several_headers() =>
        EntityTags.Fit(new StringValues(["\"other\"", EntityTags.Write(Tag)]), Tag).Should().BeTrue();

    [Property]
    public bool Whatever_comes_is_read(string[] headers) => EntityTags.Read(headers) is not null;
}
