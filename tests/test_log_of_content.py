"""The post of 2020-W30, made from content/: the outline of the post that the notes were first published as."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hitoe import checks
from markdown_it import MarkdownIt
from support.logs import log_files
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

HEADINGS = (
    "Fargeteで起動するDockerコンテナに対するX-Rayの設定方法",
    "DynamoDBトランザクションの特徴",
    "SQSのメッセージ重複排除",
    "DockerコンテナでX-Rayデーモンを実行する",
    "Lambdaの同時実行数の見積もり",
    "Beanstalkの環境設定",
    "Lambda関数の呼び出しタイプ",
    "CodeCommitでリポジトリにアクセスするために必要な最小限権限",
    "EC2 Fleetとは",
    "EC2プレイスメントグループ",
    "DynamoDBのオプティミスティックロック",
    "DynamoDBストリームによる更新内容の追跡",
    "APIからMFA認証を使う",
    "ECSのタスク配置戦略",
    "ECSのタスクグループ",
    "ECSのクラスタークエリ言語",
    "Cognito ID",
    "ACMが使用できない場合にSSL/TLS証明書をインポートする方法",
    "SQSの可視性タイムアウト",
    "Elastic BeanStalkのデプロイ方法",
    "Cognito Syncによるユーザデータの同期",
    "KMSのデフォルト暗号化があるS3バケットにアップロードするとAccess Deniedエラーが出る原因",
    "KMSのエンベロープ暗号化",
    "SQSキューの暗号化",
    "AWS OpsWorks",
    "CodeCommitとSNSの連携",
    "RDSの自動バックアップ期間",
    "DynamoDBの読み書きエラーに対するアプローチ",
)
"""Those of the post, as it was published."""

MENDED = {
    "Fargeteで起動するDockerコンテナに対するX-Rayの設定方法": "Fargateで起動するDockerコンテナに対するX-Rayの設定方法",
    "Cognito ID": "Cognito IDプール",
    "Elastic BeanStalkのデプロイ方法": "Elastic Beanstalkのデプロイ方法",
    "Cognito Syncによるユーザデータの同期": "Cognito Syncによるユーザーデータの同期",
}
"""What the notes call by its right name since."""

AROUND = ["はじめに", "学習期間", "学習ログ"]


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return log_files(checks.trusted(Path(__file__).resolve().parent.parent))


def headings(markdown: str) -> Iterator[tuple[str, str]]:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            yield opening.tag, "".join(child.content for child in words.children or [])


@pytest.mark.parametrize("form", [".md", ".commonmark.md"])
def test_its_headings_are_those_of_the_published_post_in_their_order(files: dict[str, str], form: str) -> None:
    found = list(headings(files["2020-W30" + form]))
    expected = [MENDED.get(words, words) for words in HEADINGS]
    assert [words for tag, words in found if tag == "h3"] == expected
    assert [words for tag, words in found if tag == "h2"] == [*AROUND, "今週のまとめ"]
    assert [tag for tag, _ in found] == ["h2"] * 3 + ["h3"] * 28 + ["h2"]


def test_it_begins_as_the_published_post_did(files: dict[str, str]) -> None:
    assert files["2020-W30.md"].startswith(
        "<!-- 【AWS学習】育児の合間に認定デベロッパーアソシエイト学習⑥ -->\n\n"
        "[f:id:yokoyantech:20200621160338p:plain]\n\n"
        "## はじめに\n\nAWS認定デベロッパーアソシエイト取得に向けた学習ログです。\n\n"
        "## 学習期間\n\n2020年7月20日~7月26日\n\n## 学習ログ\n\n### Fargate"
    )


@pytest.mark.parametrize("name", ["2020-W30.html", "index.html"])
def test_its_pages_are_sound_html(files: dict[str, str], name: str) -> None:
    parser = HTMLParser()
    parser.parse(files[name])
    assert parser.errors == []
